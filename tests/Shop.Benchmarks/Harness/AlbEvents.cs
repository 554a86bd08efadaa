using System.Text.Json.Nodes;

namespace Shop.Benchmarks.Harness;

/// <summary>Events as a target group with multi-value headers sends them.</summary>
internal static class AlbEvents
{
    public static string Get(string pathAndQuery)
    {
        var parts = pathAndQuery.Split('?', 2);
        var query = new JsonObject();
        foreach (var pair in parts.Length > 1 ? parts[1].Split('&') : [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            query[pair[..equals]] = new JsonArray(pair[(equals + 1)..]);
        }

        return new JsonObject
        {
            ["requestContext"] = new JsonObject { ["elb"] = new JsonObject { ["targetGroupArn"] = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/bench/6d0ecf831eec9f09" } },
            ["httpMethod"] = "GET",
            ["path"] = parts[0],
            ["multiValueQueryStringParameters"] = query,
            ["multiValueHeaders"] = new JsonObject
            {
                ["accept"] = new JsonArray("application/json"),
                ["accept-encoding"] = new JsonArray("gzip"),
                ["host"] = new JsonArray("store.example.com"),
                ["user-agent"] = new JsonArray("bench"),
                ["x-amzn-trace-id"] = new JsonArray("Root=1-5759e988-bd862e3fe1be46a994272793"),
                ["x-forwarded-for"] = new JsonArray("203.0.113.7"),
                ["x-forwarded-port"] = new JsonArray("443"),
                ["x-forwarded-proto"] = new JsonArray("https"),
            },
            ["body"] = "",
            ["isBase64Encoded"] = false,
        }.ToJsonString();
    }
}

using System.Net.Http.Headers;
using System.Text;
using Shop.Aws;

namespace Shop.Functions.Tests.Aws;

/// <summary>The published examples of Signature Version 4.</summary>
public sealed class WhenRequestsAreSigned
{
    private static readonly AwsCredentials Example = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset Then = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Fact]
    public void The_list_users_example_has_the_documented_signature()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")
        {
            Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8") } },
        };

        SigV4.Sign(request, [], Example, "us-east-1", "iam", Then);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
            + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            Authorization(request));
    }

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void The_test_suite_vectors_are_met(string method, string path, string signature)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://example.amazonaws.com" + path);

        SigV4.Sign(request, [], Example, "us-east-1", "service", Then);

        Assert.EndsWith($"SignedHeaders=host;x-amz-date, Signature={signature}", Authorization(request), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_token_and_the_target_are_signed_and_the_body_counts()
    {
        string Sign(string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:20001/v1");
            request.Headers.Add("X-Amz-Target", "ToggleCustomerAPI.GetRoutingControlState");
            request.Headers.Add("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793");
            SigV4.Sign(request, Encoding.UTF8.GetBytes(body), Example with { SessionToken = "t" }, "us-west-2", "x", Then);
            return Authorization(request);
        }

        Assert.Contains("SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target,", Sign("{}"), StringComparison.Ordinal);
        Assert.NotEqual(Sign("{}"), Sign("[]"));
    }

    private static string Authorization(HttpRequestMessage request) => request.Headers.GetValues("Authorization").Single();
}

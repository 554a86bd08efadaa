using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.Engines;

/// <summary>The file a broker reads its users and virtual hosts from as it boots.</summary>
internal static class RabbitMqDefinitions
{
    public static string For(IReadOnlyList<RabbitMqVirtualHost> virtualHosts)
    {
        var hosts = new JsonArray();
        var users = new JsonArray();
        var permissions = new JsonArray();
        // A user of several hosts must be there once: the broker adds users at the same time, and gives up on the whole file when one exists already.
        foreach (var user in virtualHosts.DistinctBy(h => h.User))
        {
            users.Add(new JsonObject
            {
                ["name"] = user.User, ["password_hash"] = Hash(user.Password), ["hashing_algorithm"] = "rabbit_password_hashing_sha256", ["tags"] = "",
            });
        }

        foreach (var host in virtualHosts)
        {
            hosts.Add(new JsonObject { ["name"] = host.Name });
            permissions.Add(new JsonObject
            {
                ["user"] = host.User, ["vhost"] = host.Name, ["configure"] = ".*", ["write"] = ".*", ["read"] = ".*",
            });
        }

        return new JsonObject { ["users"] = users, ["vhosts"] = hosts, ["permissions"] = permissions }.ToJsonString();
    }

    /// <summary>https://www.rabbitmq.com/docs/passwords#computing-password-hash</summary>
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}

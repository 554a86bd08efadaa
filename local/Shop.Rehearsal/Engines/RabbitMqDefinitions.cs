using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.Engines;

/// <summary>The file a broker reads its users and virtual hosts from as it boots.</summary>
internal static class RabbitMqDefinitions
{
    public static string For(IEnumerable<RabbitMqVirtualHost> virtualHosts)
    {
        var hosts = new JsonArray();
        var users = new JsonArray();
        var permissions = new JsonArray();
        foreach (var host in virtualHosts)
        {
            hosts.Add(new JsonObject { ["name"] = host.Name });
            users.Add(new JsonObject
            {
                ["name"] = host.User, ["password_hash"] = Hash(host.Password), ["hashing_algorithm"] = "rabbit_password_hashing_sha256", ["tags"] = "",
            });
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

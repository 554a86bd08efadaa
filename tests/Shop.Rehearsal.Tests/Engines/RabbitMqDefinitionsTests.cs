using System.Text.Json.Nodes;
using Shop.Rehearsal.Engines;

namespace Shop.Rehearsal.Tests.Engines;

public sealed class RabbitMqDefinitionsTests
{
    /// <summary>Twice, and the broker may find that it exists, give up, and come up without a single virtual host: no order event is ever published.</summary>
    [Fact]
    public void A_user_of_two_virtual_hosts_is_written_once_and_let_into_both()
    {
        var file = JsonNode.Parse(RabbitMqDefinitions.For([new("us-east-1", "shop", "p"), new("us-west-2", "shop", "p")]))!;

        Assert.Equal("shop", (string?)Assert.Single(file["users"]!.AsArray())!["name"]);
        Assert.Equal(["us-east-1", "us-west-2"], file["vhosts"]!.AsArray().Select(h => (string?)h!["name"]));
        Assert.Equal(["us-east-1", "us-west-2"], file["permissions"]!.AsArray().Select(p => (string?)p!["vhost"]));
    }
}

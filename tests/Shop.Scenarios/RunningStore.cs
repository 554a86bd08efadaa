using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Contracts;
using Shop.Rehearsal.Drill;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Scenarios;

/// <summary>Both Regions, running, for tests that move the store. Alarms start nothing by themselves; each test leaves the store whole, wherever it runs then.</summary>
[CollectionDefinition(Shared)]
public sealed class RunningStore : IAsyncLifetime, ICollectionFixture<RunningStore>
{
    /// <summary>The collection of the classes that move one store: their tests run one after another.</summary>
    public const string Shared = "running store";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly StringWriter _log = new();
    private readonly HttpClient _http = new();

    internal RehearsalHost Host { get; private set; } = null!;

    internal string Log => _log.ToString();

    /// <summary>The Region that the store runs in now, and the one it can move to.</summary>
    internal (string From, string To) Direction => (Host.ActiveRegion, Host.Options.Peer(Host.ActiveRegion));

    public async ValueTask InitializeAsync()
    {
        var timeline = new Timeline(TimeProvider.System, TextWriter.Synchronized(_log));
        var options = new RehearsalOptions { AlarmIsArmed = false, CooldownMinutes = 0, PreflightMinutes = 1000 };
        Host = await RehearsalHost.StartAsync(Workspace.Find(), options, text => timeline.Say(text), TestContext.Current.CancellationToken);
        Host.Happened += text => timeline.Say(text);
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        _http.Dispose();
        await _log.DisposeAsync();
    }

    internal int MovesOf(string database) => Host.Aurora.Global(database).Failovers.Count;

    internal Execution Start(string region, string machine, string input) =>
        Host.StepFunctions(region).Start(StateMachineDeployment.MachineArn(region, machine), null, input);

    internal async Task<Execution> EndedAsync(Execution execution, CancellationToken cancellationToken)
    {
        try
        {
            await execution.Completion.WaitAsync(Patience, cancellationToken);
            return execution;
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"{execution.StateMachineName} has not ended after {Patience.TotalSeconds} s.\n{Log}", e);
        }
    }

    internal async Task<Execution> SucceededAsync(Execution execution, CancellationToken cancellationToken)
    {
        await EndedAsync(execution, cancellationToken);
        Assert.True(execution.Status == ExecutionStatus.Succeeded, $"{execution.Outcome.Error}: {execution.Outcome.Cause}\n{Log}");
        return execution;
    }

    internal static JsonElement OutputOf(Execution execution) => JsonElement.Parse(execution.Outcome.Output!);

    /// <summary>Until nothing runs any more and both secondaries follow.</summary>
    internal async Task SettledAsync(CancellationToken cancellationToken)
    {
        Host.Heal();
        foreach (var region in Host.Options.Regions)
        {
            foreach (var execution in Host.StepFunctions(region).Executions.ToList())
            {
                await EndedAsync(execution, cancellationToken);
            }
        }

        await UntilAsync(() => Task.FromResult(Host.Aurora.GlobalClusters.All(g => g.Deposed is null && g.Members.All(g.IsConnected))), "not all members follow", cancellationToken);
        await Host.CaughtUpAsync(Patience, cancellationToken);
    }

    /// <summary>Buys one thing through a Region's load balancer, past the front door: as a client whose resolver has not heard of a move.</summary>
    internal async Task<(int Status, Guid Id, JsonElement Body)> BuyAsync(string region, CancellationToken cancellationToken)
    {
        var balancer = Host.Region(region).LoadBalancer.Address;
        var product = (await _http.GetFromJsonAsync<JsonArray>(new Uri(balancer, "catalogue?size=1"), cancellationToken))![0]!;
        var (price, shipping) = (product["price"]!.GetValue<long>(), OrderCharges.ShippingRates[0].Amount);
        var tax = OrderCharges.Tax(price);
        var id = Guid.CreateVersion7();
        using var order = new HttpRequestMessage(HttpMethod.Post, new Uri(balancer, "orders"))
        {
            Headers = { { "Idempotency-Key", id.ToString() } },
            Content = JsonContent.Create(new JsonObject
            {
                ["customerId"] = "scenario", ["firstName"] = "Test", ["lastName"] = "Shopper", ["email"] = "shopper@example.com", ["currency"] = product["currency"]!.GetValue<string>(),
                ["subtotal"] = price, ["tax"] = tax, ["shipping"] = shipping, ["total"] = price + tax + shipping,
                ["items"] = new JsonArray(new JsonObject
                {
                    ["productId"] = product["id"]!.GetValue<string>(), ["name"] = product["name"]!.GetValue<string>(), ["quantity"] = 1, ["unitCost"] = price, ["totalCost"] = price,
                }),
            }),
        };
        using var answer = await _http.SendAsync(order, cancellationToken);
        return ((int)answer.StatusCode, id, JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)));
    }

    internal async Task UntilAsync(Func<Task<bool>> holds, string complaint, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"After {Patience.TotalSeconds} s {complaint}.\n{Log}");
            await Task.Delay(100, cancellationToken);
        }
    }
}

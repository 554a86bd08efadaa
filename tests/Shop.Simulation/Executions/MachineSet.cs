using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;
using Shop.Simulation.Judging;
using Shop.Simulation.Model;

namespace Shop.Simulation.Executions;

/// <summary>The real definitions of both Regions, deployed by the code that deploys them in the rehearsal; a planted bug changes them in memory.</summary>
internal sealed class MachineSet
{
    /// <summary>Seconds between two looks of a state machine at something slow.</summary>
    public const int PollSeconds = 30;

    private readonly Dictionary<string, Machine> _machines;

    private MachineSet(Dictionary<string, Machine> machines, CoverageMap map) => (_machines, Coverage) = (machines, map);

    public CoverageMap Coverage { get; }

    /// <param name="change">Gets the name of a machine and its definition, which it may change.</param>
    public static async Task<MachineSet> LoadAsync(Action<string, JsonNode>? change = null)
    {
        var machines = new Dictionary<string, Machine>(StringComparer.Ordinal);
        var map = new CoverageMap();
        foreach (var region in RegionCode.Both)
        {
            await using var service = new StepFunctionsService(new RegionPower(region), new StepFunctionsOptions(), TimeProvider.System);
            new StateMachineDeployment(Workspace.Find(), new RehearsalOptions { Regions = RegionCode.Both, PollSeconds = PollSeconds, CooldownMinutes = 60 }).Deploy(
                service, region, RoutingPanel.ArnOf(region), RoutingPanel.ArnOf(RegionCode.Peer(region)), "127.0.0.1:1", "127.0.0.1:2");
            // Only people start a replay, after all that is simulated here; Shop.Reconciliation.Tests plays it against faults.
            foreach (var deployed in service.StateMachines.Where(m => m.Name != "replay"))
            {
                var definition = JsonNode.Parse(deployed.Machine.Definition)!;
                change?.Invoke(deployed.Name, definition);
                Waypoints.Add(definition);
                var text = definition.ToJsonString();
                machines[deployed.Arn] = new Machine(deployed.Name, region, deployed.Arn, StateMachine.Parse(text), map.Of(deployed.Name, definition));
            }
        }

        return new MachineSet(machines, map);
    }

    public Machine? Find(string arn) => _machines.GetValueOrDefault(arn);

    public Machine In(string region, string name) => _machines[StateMachineDeployment.MachineArn(region, name)];
}

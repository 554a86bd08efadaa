using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;

namespace Shop.ControlRoom.Tests.Staging;

/// <summary>The repository's own state machines, deployed as a rehearsal deploys them.</summary>
internal static class Machines
{
    public const string Region = "us-west-2";

    public static readonly string[] Names = ["regional-failover", "aurora-failover", "routing-control", "reconciliation", "failback", "preflight"];

    public static StepFunctionsService Deploy()
    {
        var service = new StepFunctionsService(new RegionPower(Region), new StepFunctionsOptions(), TimeProvider.System);
        new StateMachineDeployment(Workspace.Find(), new RehearsalOptions()).Deploy(
            service, Region, "arn:aws:route53-recovery-control::000000000000:a", "arn:aws:route53-recovery-control::000000000000:b", "127.0.0.1:1", "127.0.0.1:2");
        return service;
    }

    public static async Task<string> DefinitionAsync(string name)
    {
        await using var service = Deploy();
        return service.StateMachines.Single(m => m.Name == name).Machine.Definition;
    }
}

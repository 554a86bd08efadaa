using Shop.Asl;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Failover.Tests;

/// <summary>The machines as a Region would create them: every substitution supplied, every definition valid.</summary>
public sealed class StateMachineTests
{
    [Theory]
    [InlineData("us-east-1")]
    [InlineData("us-west-2")]
    public async Task All_of_them_can_be_created_in_either_Region(string region)
    {
        await using var service = new StepFunctionsService(new RegionPower(region), new StepFunctionsOptions(), TimeProvider.System);

        new StateMachineDeployment(Workspace.Find(), new RehearsalOptions()).Deploy(service, region, "arn:control:here", "arn:control:there", "127.0.0.1:1", "127.0.0.1:2");

        Assert.Equal(7, service.StateMachines.Count());
        Assert.All(service.StateMachines, m => Assert.DoesNotContain("${", m.Machine.Definition, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_input_is_refused_before_anything_is_touched()
    {
        await using var service = new StepFunctionsService(new RegionPower("us-west-2"), new StepFunctionsOptions(), TimeProvider.System);
        new StateMachineDeployment(Workspace.Find(), new RehearsalOptions()).Deploy(service, "us-west-2", "arn:control:here", "arn:control:there", "127.0.0.1:1", "127.0.0.1:2");

        foreach (var (input, error) in ((string, string)[])
        [
            ("""{"activateRegion":"us-east-1","deactivateRegion":"us-west-2"}""", "Shop.InvalidInput"),
            ("""{"mode":"detach"}""", "Shop.InvalidInput"),
            ("""{"dryRun":"no"}""", "Shop.InvalidInput"),
            ("""{"approval":{"required":"yes"}}""", "Shop.InvalidInput"),
            ("""{"databases":[]}""", "Shop.InvalidInput"),
            ("""{"mode":"failover","dryRun":false}""", "Shop.DataLossNotAllowed"),
        ])
        {
            // No integration is registered: a task that ran would fail by another name.
            var execution = service.Start(StateMachineDeployment.MachineArn("us-west-2", "regional-failover"), null, input);
            await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

            Assert.Equal((ExecutionStatus.Failed, error), (execution.Status, execution.Outcome.Error));
        }
    }
}

using Shop.Asl;

namespace Shop.Failover.Tests.Machines;

/// <summary>A run that was stopped and redriven while another one took over: what it starts must not act.</summary>
public sealed class WhenARunHasLostItsLock
{
    private const string Promote = """{"database":"orders","runId":"r","mode":"failover","allowDataLoss":true,"lagSince":"2026-03-14T02:50:00Z","lock":{"pk":"lock#us-east-1","holder":"arn:run","mark":"failover"} }""";
    private const string Route = """{"entries":[{"arn":"a","state":"On"}],"lock":{"pk":"lock#us-east-1","holder":"arn:run"} }""";

    [Theory]
    [InlineData("aurora-failover", Promote, "Describe")]
    [InlineData("routing-control", Route, "SetStates")]
    public async Task Nothing_is_done(string name, string input, string first)
    {
        var machine = new PlayedMachine(name).Fail("ConfirmLock", "DynamoDB.ConditionalCheckFailedException");

        var result = await machine.RunAsync(input);

        Assert.Equal((ExecutionStatus.Failed, "Shop.LockLost", 0), (result.Status, result.Error, machine.CallsOf(first)));
    }

    [Theory]
    [InlineData("aurora-failover", Promote, "Describe")]
    [InlineData("routing-control", Route, "SetStates")]
    public async Task A_lock_that_can_not_be_read_stops_nobody(string name, string input, string first)
    {
        var machine = new PlayedMachine(name).Fail("ConfirmLock", "DynamoDB.InternalServerErrorException").Fail(first, "Test.Stop");

        Assert.NotEqual("Shop.LockLost", (await machine.RunAsync(input)).Error);
        Assert.NotEqual(0, machine.CallsOf(first));
    }

    [Theory]
    [InlineData("aurora-failover", """{"database":"orders","runId":"r","mode":"failover","allowDataLoss":true,"lagSince":"2026-03-14T02:50:00Z"}""", "Describe")]
    [InlineData("routing-control", """{"entries":[{"arn":"a","state":"On"}]}""", "SetStates")]
    public async Task A_person_needs_no_lock_to_start_one_alone(string name, string input, string first)
    {
        var machine = new PlayedMachine(name).Fail(first, "Test.Stop");

        await machine.RunAsync(input);

        Assert.Equal(0, machine.CallsOf("ConfirmLock"));
        Assert.NotEqual(0, machine.CallsOf(first));
    }
}

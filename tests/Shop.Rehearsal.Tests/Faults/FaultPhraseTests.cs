using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Tests.Faults;

public sealed class FaultPhraseTests
{
    [Theory]
    [InlineData("link databases refuse", LinkFaultKind.Refuse)]
    [InlineData("link databases cut", LinkFaultKind.Cut)]
    [InlineData("link tables reset", LinkFaultKind.Reset)]
    [InlineData("link all blackhole", LinkFaultKind.Blackhole)]
    [InlineData("link services half-open forth", LinkFaultKind.HalfOpen)]
    [InlineData("link replication latency 200ms", LinkFaultKind.Delay)]
    [InlineData("link replication latency 1.5s 50ms", LinkFaultKind.Delay)]
    [InlineData("link rabbitmq primary throttle 64KB", LinkFaultKind.Throttle)]
    [InlineData("link orders-writer standby cut-after 4KB", LinkFaultKind.CutAfter)]
    [InlineData("link rabbitmq primary cut-at-answer 003C0050", LinkFaultKind.CutAtAnswer)]
    [InlineData("link all flap 2s", LinkFaultKind.Cut)]
    public void Links_are_broken_in_words(string words, LinkFaultKind kind)
    {
        var fault = Assert.IsType<FaultAction.OfLink>(FaultPhrase.Parse(words, Region).Action);
        Assert.Equal(kind, fault.Fault.Kind);
    }

    [Fact]
    public void Times_and_sizes_are_understood()
    {
        var late = Assert.IsType<FaultAction.OfLink>(FaultPhrase.Parse("link all latency 1.5s 50ms", Region).Action).Fault;
        Assert.Equal((TimeSpan.FromMilliseconds(1500), TimeSpan.FromMilliseconds(50)), (late.Delay, late.Jitter));
        Assert.Equal(64 * 1024, Assert.IsType<FaultAction.OfLink>(FaultPhrase.Parse("link all throttle 64KB", Region).Action).Fault.BytesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<FaultAction.OfLink>(FaultPhrase.Parse("link all flap 2s", Region).Action).Flap);
    }

    [Fact]
    public void Services_replication_and_processes_are_broken_in_words()
    {
        Assert.Equal(
            new FaultAction.OfService("rds", "us-west-2", new ServiceFault(ServiceFaultKind.Slow, TimeSpan.FromSeconds(2), "describeGlobalClusters")),
            FaultPhrase.Parse("service rds standby slow 2s describeGlobalClusters", Region).Action);
        Assert.Equal(new FaultAction.OfReplication(TimeSpan.FromSeconds(30)), FaultPhrase.Parse("replication delay 30s", Region).Action);
        Assert.Equal(new FaultAction.OfProcess("redis", "us-east-1"), FaultPhrase.Parse("kill redis primary", Region).Action);
    }

    [Theory]
    [InlineData("")]
    [InlineData("link")]
    [InlineData("link nowhere cut")]
    [InlineData("link all")]
    [InlineData("link all latency")]
    [InlineData("link all latency soon")]
    [InlineData("link all latency -1s")]
    [InlineData("link all throttle 0KB")]
    [InlineData("link all flap 0s")]
    [InlineData("link rabbitmq primary cut-at-answer 0")]
    [InlineData("service nothing primary stale")]
    [InlineData("service rds primary slow")]
    [InlineData("service rds primary failing a b")]
    [InlineData("kill everything primary")]
    public void What_can_not_be_understood_is_answered_with_what_can(string words)
    {
        var e = Assert.Throws<FormatException>(() => FaultPhrase.Parse(words, Region));
        Assert.Contains("link replication|databases", e.Message, StringComparison.Ordinal);
    }

    private static string Region(string? word) => word switch
    {
        "primary" => "us-east-1",
        "standby" => "us-west-2",
        _ => throw new FormatException($"link replication|databases: {word}"),
    };
}

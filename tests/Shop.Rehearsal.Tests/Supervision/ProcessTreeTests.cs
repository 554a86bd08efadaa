using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Tests.Supervision;

public sealed class ProcessTreeTests
{
    [Fact]
    public async Task A_child_is_counted_while_it_lives()
    {
        var (before, megabytes) = ProcessTree.Measure();
        using var child = System.Diagnostics.Process.Start("sleep", "60");
        var (during, _) = ProcessTree.Measure();
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(before >= 1);
        Assert.True(megabytes > 0);
        // Other tests start and end children meanwhile: the child is known to be among them, not how many they are.
        Assert.True(during >= 2);
    }
}

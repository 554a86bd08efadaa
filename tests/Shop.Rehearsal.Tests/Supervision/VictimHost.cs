using System.Runtime.CompilerServices;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Tests.Supervision;

/// <summary>This assembly started a second time, as a host that a test then kills.</summary>
/// <remarks>
/// The initializer never returns, so no other thread may run code of this assembly: no lambdas or async methods here, and arrays
/// instead of collection expressions, whose generated list type would be this assembly's.
/// </remarks>
internal static class VictimHost
{
    public const string RootVariable = "SHOP_TEST_VICTIM_ROOT";

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is not { Length: > 0 } root)
        {
            return;
        }

        var folder = RunFolder.Create(root);
        var launcher = new GuardedLauncher(folder.Jobs);
        ChildCommand[] commands =
        [
            new() { Name = "sleeper", File = "sleep", Arguments = new[] { "600" }, LogFile = folder.LogFor("sleeper") },
            new() { Name = "deaf", File = "/bin/sh", Arguments = new[] { "-c", "trap '' TERM INT HUP; while :; do sleep 600; done" }, LogFile = folder.LogFor("deaf") },
        ];
        foreach (var command in commands)
        {
            launcher.StartAsync(command).GetAwaiter().GetResult();
        }

        File.WriteAllText(Path.Combine(root, "ready"), folder.FullPath);
        Thread.CurrentThread.Join();
    }
}

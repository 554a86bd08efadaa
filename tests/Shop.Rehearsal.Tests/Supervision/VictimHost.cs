using System.Runtime.CompilerServices;
using Shop.Rehearsal.Engines;
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
    public const string BrokerVariable = "SHOP_TEST_VICTIM_BROKER";
    private const string IdleVariable = "SHOP_TEST_VICTIM_IDLE";

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(IdleVariable) is not null)
        {
            Thread.CurrentThread.Join();
        }

        if (Environment.GetEnvironmentVariable(RootVariable) is not { Length: > 0 } root)
        {
            return;
        }

        var host = EngineHost.Create(root, Path.Combine(Repository.Root, "artifacts", "cache"));
        var folder = host.Folder;
        ChildCommand[] commands =
        [
            new() { Name = "sleeper", File = "sleep", Arguments = new[] { "600" }, LogFile = folder.LogFor("sleeper") },
            new() { Name = "deaf", File = "/bin/sh", Arguments = new[] { "-c", "trap '' TERM INT HUP; while :; do sleep 600; done" }, LogFile = folder.LogFor("deaf") },
            new()
            {
                Name = "dotnet", File = Environment.ProcessPath!, Arguments = Environment.GetCommandLineArgs()[..1], LogFile = folder.LogFor("dotnet"),
                Environment = new Dictionary<string, string> { [IdleVariable] = root },
            },
        ];
        foreach (var command in commands)
        {
            host.Launcher.StartAsync(command).GetAwaiter().GetResult();
        }

        if (Environment.GetEnvironmentVariable(BrokerVariable) is not null)
        {
            RabbitMqVirtualHost[] virtualHosts = new RabbitMqVirtualHost[] { new("v", "u", "p") };
            RabbitMqServer.StartAsync(host, "broker", virtualHosts).GetAwaiter().GetResult();
        }

        File.WriteAllText(Path.Combine(root, "ready"), folder.FullPath);
        Thread.CurrentThread.Join();
    }
}

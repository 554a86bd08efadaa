using Shop.Rehearsal.Drill;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Hosting;

const string Help = """
    Plays both Regions of the store on this machine.

      up                            start everything; Ctrl+C stops it
      drill                         lose a Region without a person: timeline, verdict, missing-transaction report

    To a rehearsal that is up, from another terminal:
      status                        what runs where, who writes, where shoppers go
      cut-replication | heal        stop replication between the Regions | undo all faults
      partition                     cut all links between the Regions; both live on
      lose-region primary|standby   kill everything in that Region (a Region's code works too)
      restore-region primary|standby
      start-failover                unplanned failover to the Region that is not active, as an operator
      start-switchover              planned move to the Region that is not active; loses nothing, needs both
      start-failback                planned move back to the primary, once it is ready
      start-replay                  put back what the newest report lists as missing; asks for an approval
      approve | deny                answer a failover, or a replay, that asks
      fault NAME [primary|standby]  break something; without a name it lists what can be broken
      end-fault NAME [primary|standby]
      shoppers N                    N shoppers browse and buy until you send 0
      stop ARN | redrive ARN        end an execution | make one that ended go on
      report                        the newest missing-transaction report
      invoke FUNCTION FILE [REGION] send a function the event in the file; REGION is primary (default), standby or a code

    Environment variables: local/README.md lists them.
    """;

try
{
    var workspace = Workspace.Find();
    return args switch
    {
        ["up"] => await UpCommand.RunAsync(workspace, RehearsalOptions.FromEnvironment(Environment.GetEnvironmentVariable)),
        ["drill"] => await DrillCommand.RunAsync(workspace),
        ["status" or "cut-replication" or "partition" or "heal" or "start-failover" or "start-switchover" or "start-failback" or "start-replay" or "approve" or "deny" or "report"] => await RemoteCommand.RunAsync(workspace, args[0], null),
        ["lose-region" or "restore-region" or "shoppers" or "stop" or "redrive", var argument] => await RemoteCommand.RunAsync(workspace, args[0], argument),
        ["fault" or "end-fault", .. var words] => await RemoteCommand.RunAsync(workspace, args[0], string.Join(' ', words)),
        ["invoke", var function, var file] => await InvokeCommand.RunAsync(workspace, function, file, "primary"),
        ["invoke", var function, var file, var region] => await InvokeCommand.RunAsync(workspace, function, file, region),
        ["help" or "--help" or "-h"] => Print(Console.Out, 0),
        _ => Print(Console.Error, 2),
    };
}
catch (Exception e) when (e is OptionException or DrillException or FileNotFoundException or EngineStartException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

static int Print(TextWriter to, int code)
{
    to.WriteLine(Help);
    return code;
}

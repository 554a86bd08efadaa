using Shop.Nemesis.Experimenting;
using Shop.Nemesis.Running;
using Shop.Nemesis.Soak;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Hosting;

const string Help = """
    nemesis: breaks a running store in every way that it knows, and decides from histories and databases whether anything was lost, doubled or invented.

      run              every row of the fault matrix; ROWS=A1,B selects rows or letters, ROWS=smoke twelve of them; SEED=1
      report           draws artifacts/nemesis/nemesis.html anew from the rows that were run
      soak             buyers at a steady rate through seeded faults; MINUTES=30 RATE=4 SEED=1
      experiment FILE  steady state, method and rollback of a JSON file, as in Experiments/slow-databases.json
      list             the rows

    Exit code: 0 all is well, 1 something is broken or was not proven, 2 a wrong argument.
    """;

try
{
    return args switch
    {
        ["run"] => await RunCommand.RunAsync(Environment.GetEnvironmentVariable),
        ["report"] => RunCommand.Report(),
        ["soak"] => await SoakCommand.RunAsync(Environment.GetEnvironmentVariable),
        ["experiment", var file] => await ExperimentCommand.RunAsync(file, Environment.GetEnvironmentVariable),
        ["list"] => RunCommand.List(),
        ["help" or "--help" or "-h"] => Print(Console.Out, 0),
        _ => Print(Console.Error, 2),
    };
}
catch (Exception e) when (e is ArgumentException or OptionException or EngineStartException or FileNotFoundException or FormatException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped. The rows that were done are in the report: `nemesis report` draws it.");
    return 130;
}

static int Print(TextWriter to, int code)
{
    to.WriteLine(Help);
    return code;
}

using Shop.Benchmarks;
using Shop.Benchmarks.Harness;
using Shop.Benchmarks.Reconciling;
using Shop.Benchmarks.Suites;
using Shop.Rehearsal.Hosting;

if (args is [Baseline.Word, var baseline, var old, var current])
{
    return await Baseline.RunAsync(baseline, old, current);
}

// Everything in one run, variants in turn: on a shared machine only what ran side by side compares.
var workspace = Workspace.Find();
var options = BenchOptions.FromEnvironment(Environment.GetEnvironmentVariable);
var results = new BenchFile(workspace);
using var signals = new StopSignals();
try
{
    BenchFile.Print($"{Machine.Describe()}; load average {Machine.LoadAverage()}");
    if (options.Wants("size"))
    {
        results.Add(PackageSizes.Measure(workspace));
    }

    if (options.Wants("hosting"))
    {
        results.Add(await HostingOverhead.MeasureAsync(workspace, options, signals.Token));
    }

    if (options.Wants("asl"))
    {
        results.Add(await InterpreterSpeed.MeasureAsync(options, signals.Token));
        results.Add(await StepFunctionsSpeed.MeasureAsync(options, signals.Token));
    }

    if (options.Wants("start"))
    {
        results.Add(await UiStarts.MeasureAsync(workspace, options, signals.Token));
    }

    if (options.Wants("cold", "load", "pages", "duplicates", "moves"))
    {
        await using var store = await BenchStore.StartAsync(workspace, BenchFile.Print, signals.Token);
        if (options.Wants("cold"))
        {
            results.Add(await ColdStarts.MeasureAsync(store, options, signals.Token));
        }

        if (options.Wants("load"))
        {
            results.Add(await StoreLoad.MeasureAsync(store, options, signals.Token));
        }

        if (options.Wants("pages"))
        {
            results.Add(await StorePages.MeasureAsync(store, options, signals.Token));
        }

        if (options.Wants("duplicates"))
        {
            results.Add(await DuplicateSubmissions.MeasureAsync(store, options, signals.Token));
        }

        if (options.Wants("moves"))
        {
            results.Add(await PlannedMoves.MeasureAsync(store, options, signals.Token));
        }
    }

    if (options.Wants("reconcile"))
    {
        results.Add(await ReconcilingOrders.MeasureAsync(workspace, options, signals.Token));
    }

    BenchFile.Print($"load average at the end {Machine.LoadAverage()}");
    results.Write();
    return 0;
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    return 130;
}
catch (Exception e) when (e is OptionException or BenchException or FileNotFoundException)
{
    await Console.Error.WriteLineAsync($"bench: {e.Message}");
    return 2;
}

using System.Runtime.InteropServices;
using MySqlConnector;
using Shop.Lambda;

namespace Shop.Reconcile;

/// <summary>Runs the command that the first word names, and turns what goes wrong into a line and an exit code.</summary>
internal static class Application
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, Func<string, string?>? variable = null)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var console = new Terminal(output, error, variable ?? Environment.GetEnvironmentVariable);
        try
        {
            return (int)await RunAsync(args, console, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await error.WriteLineAsync("shop-reconcile: stopped. The same command goes on from its checkpoints.");
            return (int)ExitCode.Stopped;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync($"shop-reconcile: {Explain(e)}");
            return (int)ExitCode.Error;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, Terminal console, CancellationToken cancellationToken)
    {
        if (args is [] or ["--help" or "-h" or "help"])
        {
            await console.Output.WriteLineAsync(Help.Overview);
            return ExitCode.Equal;
        }

        if (args is ["--version"])
        {
            await console.Output.WriteLineAsync(Help.Version);
            return ExitCode.Equal;
        }

        var (command, words) = (args[0], args.Skip(1).ToList());
        if (words.Contains("--help") || words.Contains("-h"))
        {
            await console.Output.WriteLineAsync(Help.Of(command));
            return ExitCode.Equal;
        }

        return command switch
        {
            "init" => await InitCommand.RunAsync(words, console, cancellationToken),
            "plan" => await PlanCommand.RunAsync(words, console, cancellationToken),
            "compare" => await CompareCommand.RunAsync(words, console, cancellationToken),
            "report" => await ReportCommand.RunAsync(words, console, cancellationToken),
            "replay" => await ReplayCommand.RunAsync(words, console, cancellationToken),
            _ => throw new UsageException($"There is no command '{command}'; shop-reconcile --help lists them."),
        };
    }

    private static string Explain(Exception e) => e switch
    {
        UsageException => e.Message,
        ShopException => e.Message,
        MySqlException mysql => $"{mysql.Message} ({mysql.Number}){(mysql.IsTransient ? " The same command goes on from its checkpoints." : "")}",
        IOException or UnauthorizedAccessException => e.Message,
        // Ours to mend: all that is known goes to the person who will report it.
        _ => e.ToString(),
    };
}

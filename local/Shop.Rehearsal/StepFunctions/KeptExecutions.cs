using System.Text;
using System.Text.Json;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>Reads the executions that an earlier host left in the history folder.</summary>
/// <remarks>
/// What was running when the host died is ABORTED now, with the error <c>Rehearsal.HostStopped</c> and an event that says so: nobody runs it, nobody
/// knows what its last task did, and it can be redriven. A last line that was cut short by the death is dropped.
/// </remarks>
internal sealed class KeptExecutions(string folder, TimeProvider time, ILogger logger)
{
    public const string HostStopped = "Rehearsal.HostStopped";

    public IEnumerable<Execution> Read()
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        var machines = new Dictionary<string, StateMachineRecord>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (TryRead(path, machines) is { } execution)
            {
                yield return execution;
            }
        }
    }

    private Execution? TryRead(string path, Dictionary<string, StateMachineRecord> machines)
    {
        try
        {
            return Read(path, machines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDefinitionException
            or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            logger.LogWarning(e, "The execution in {Path} can't be read", path);
            return null;
        }
    }

    private Execution? Read(string path, Dictionary<string, StateMachineRecord> machines)
    {
        var lines = WholeLines(path);
        if (lines.Count == 0)
        {
            return null;
        }

        var header = lines[0];
        var revision = header.GetProperty("revisionId").GetString()!;
        if (!machines.TryGetValue(revision, out var machine))
        {
            var name = header.GetProperty("stateMachineArn").GetString()!.Split(':')[^1];
            machines[revision] = machine = DefinitionFile.Read(folder, name, revision);
        }

        var input = header.GetProperty("input").GetString()!;
        var execution = new Execution(
            machine,
            header.GetProperty("executionArn").GetString()!,
            header.GetProperty("name").GetString()!,
            input,
            JsonConversions.Parse(input),
            header.GetProperty("startDate").GetDateTimeOffset());
        execution.Restore([.. lines.Skip(1).Select(HistoryEvent.Read)]);
        End(execution);
        execution.Run.Complete();
        return execution;
    }

    private void End(Execution execution)
    {
        if (execution.Events is [.., var last] && ExecutionOutcome.Of(last) is { } outcome)
        {
            execution.End(outcome);
            return;
        }

        using var file = HistoryFile.Continue(folder, execution)!;
        execution.Observer = file.Append;
        var now = time.GetUtcNow();
        if (execution.EventCount == 0)
        {
            execution.Append(new HistoryEvent(1, 0, execution.StartDate, HistoryEventType.ExecutionStarted,
                new ExecutionStartedDetails(execution.InputValue, execution.StateMachine.RoleArn)));
        }

        var aborted = new HistoryEvent(execution.EventCount + 1, 0, now, HistoryEventType.ExecutionAborted,
            new FailureDetails(HostStopped, "The host of Step Functions stopped while this was running."));
        execution.Append(aborted);
        execution.Observer = null;
        execution.End(ExecutionOutcome.Of(aborted)!);
    }

    /// <summary>The lines up to the first that isn't whole; what follows is cut off, so that the file can be gone on with.</summary>
    private List<JsonElement> WholeLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var text = reader.ReadToEnd();
        var lines = new List<JsonElement>();
        var (start, length) = (0, 0L);
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = text.IndexOf('\n', start))
        {
            if (!TryParse(text.AsSpan(start, end - start).ToString(), out var line))
            {
                break;
            }

            lines.Add(line);
            length += Encoding.UTF8.GetByteCount(text.AsSpan(start, end + 1 - start));
            start = end + 1;
        }

        if (length < file.Length)
        {
            logger.LogWarning("The end of {Path} was cut short: {Bytes} bytes are dropped", path, file.Length - length);
            file.SetLength(length);
        }

        return lines;
    }

    private static bool TryParse(string line, out JsonElement value)
    {
        try
        {
            value = JsonConversions.Parse(line);
            return value.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl.History;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>An execution's history as JSON lines, written event by event, so that a host that crashed leaves evidence.</summary>
internal sealed class HistoryFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Utf8JsonWriter _writer;
    private bool _closed;

    private HistoryFile(FileStream file)
    {
        _file = file;
        _writer = new Utf8JsonWriter(_file);
    }

    public static HistoryFile Create(string folder, Execution execution)
    {
        var path = Path.Combine(folder, execution.StateMachineName, execution.Name + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var history = new HistoryFile(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1));
        history.WriteLine(writer => new JsonObject
        {
            ["executionArn"] = execution.Arn,
            ["stateMachineArn"] = execution.StateMachineArn,
            ["startDate"] = execution.StartDate.ToString("O"),
        }.WriteTo(writer));
        return history;
    }

    public void Append(HistoryEvent historyEvent) => WriteLine(writer => historyEvent.WriteTo(writer));

    public void Dispose()
    {
        _closed = true;
        _writer.Dispose();
        _file.Dispose();
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        if (_closed)
        {
            return;
        }

        write(_writer);
        _writer.Flush();
        _writer.Reset();
        _file.WriteByte((byte)'\n');
        _file.Flush();
    }
}

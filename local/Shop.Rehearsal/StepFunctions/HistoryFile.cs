using System.Buffers;
using System.Text.Json;
using Shop.Asl.History;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>An execution as JSON lines: what it is, then event by event what it did. Each line is one write, so that a host that was killed leaves whole lines.</summary>
/// <remarks>Written to the operating system, not through to the disk: it survives the host, not a loss of power.</remarks>
internal sealed class HistoryFile : IDisposable
{
    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _writer;

    private HistoryFile(FileStream file)
    {
        _file = file;
        _writer = new Utf8JsonWriter(_line);
    }

    public static HistoryFile Create(string folder, Execution execution)
    {
        var path = PathOf(folder, execution.StateMachineName, execution.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DefinitionFile.Keep(folder, execution.StateMachine);
        var history = Open(path);
        history.WriteLine(execution, static (writer, execution) =>
        {
            writer.WriteStartObject();
            writer.WriteString("executionArn"u8, execution.Arn);
            writer.WriteString("stateMachineArn"u8, execution.StateMachineArn);
            writer.WriteString("revisionId"u8, execution.StateMachine.RevisionId);
            writer.WriteString("name"u8, execution.Name);
            writer.WriteString("startDate"u8, execution.StartDate);
            writer.WriteString("input"u8, execution.Input);
            writer.WriteEndObject();
        });
        return history;
    }

    /// <summary>Goes on with an execution's file, if there is one.</summary>
    public static HistoryFile? Continue(string folder, Execution execution)
    {
        var path = PathOf(folder, execution.StateMachineName, execution.Name);
        return File.Exists(path) ? Open(path) : null;
    }

    public void Append(HistoryEvent historyEvent) => WriteLine(historyEvent, static (writer, e) => e.KeepTo(writer));

    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }

    private static string PathOf(string folder, string machine, string name) => Path.Combine(folder, machine, name + ".jsonl");

    private static HistoryFile Open(string path) => new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0));

    private void WriteLine<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        write(_writer, value);
        _writer.Flush();
        _line.Write("\n"u8);
        _file.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
        _writer.Reset(_line);
    }
}

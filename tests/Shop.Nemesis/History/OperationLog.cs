using System.Text.Json;

namespace Shop.Nemesis.History;

/// <summary>All that clients did and were told, in order. Shares nothing with the store's code.</summary>
internal sealed class OperationLog(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Operation> _operations = [];
    private int _processes;

    public IReadOnlyList<Operation> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _operations];
            }
        }
    }

    public int NewProcess() => Interlocked.Increment(ref _processes);

    public Operation Add(int process, OperationType type, string f, Func<Operation, Operation>? with = null)
    {
        lock (_lock)
        {
            var operation = new Operation(_operations.Count, process, type, f, time.GetUtcNow());
            operation = with?.Invoke(operation) ?? operation;
            _operations.Add(operation);
            return operation;
        }
    }

    /// <summary>One JSON object a line.</summary>
    public static async Task WriteAsync(IEnumerable<Operation> operations, string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllLinesAsync(file, operations.Select(o => JsonSerializer.Serialize(o, HistoryJson.Default.Operation)), cancellationToken);
    }

    public static IReadOnlyList<Operation> Read(string file) =>
        [.. File.ReadLines(file).Select(line => JsonSerializer.Deserialize(line, HistoryJson.Default.Operation)!)];
}

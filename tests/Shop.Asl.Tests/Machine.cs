using System.Text;
using System.Text.Json;
using Shop.Asl.History;

namespace Shop.Asl.Tests;

/// <summary>Runs one definition on one thread, with a clock that jumps to the next timer whenever nothing else is left to do.</summary>
internal sealed class Machine
{
    private readonly StateMachine _machine;

    public Machine(string definition)
    {
        _machine = StateMachine.Parse(definition);
        Options = new ExecutionOptions
        {
            Tasks = Tasks,
            Time = Time,
            History = History,
            Tokens = Tokens,
            Random = new Random(42),
            ExecutionArn = "arn:aws:states:us-west-2:000000000000:execution:machine:run",
            ExecutionName = "run",
            StateMachineArn = "arn:aws:states:us-west-2:000000000000:stateMachine:machine",
            StateMachineName = "machine",
            RoleArn = "arn:aws:iam::000000000000:role/machine",
        };
    }

    public VirtualTime Time { get; } = new();

    public FakeTasks Tasks { get; } = new();

    public TaskTokens Tokens { get; } = new();

    public Recorder History { get; } = new();

    public CancellationTokenSource Abort { get; } = new();

    public ExecutionOptions Options { get; set; }

    /// <summary>A machine of states, started at the first.</summary>
    public static Machine Of(string states)
    {
        using var document = JsonDocument.Parse(states);
        var first = document.RootElement.EnumerateObject().First().Name;
        return new Machine($$"""{"StartAt":{{JsonSerializer.Serialize(first)}},"States":{{states}}}""");
    }

    public ExecutionResult Run(string input = "{}")
        => Time.Run(() => Interpreter.RunAsync(_machine, JsonElement.Parse(input), Options, Abort.Token));

    public ExecutionResult Redrive(ExecutionResult failed, string input = "{}")
    {
        Options = Options with
        {
            Resume = failed.Checkpoint,
            RedriveCount = Options.RedriveCount + 1,
            LastEventId = History.Events[^1].Id,
        };
        return Run(input);
    }
}

internal sealed class Recorder : IExecutionHistory
{
    public List<HistoryEvent> Events { get; } = [];

    public IEnumerable<string> Types => Events.Select(e => e.Type.ToString());

    public void Append(HistoryEvent historyEvent) => Events.Add(historyEvent);

    /// <summary>The events as the API would answer them.</summary>
    public JsonElement ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var e in Events)
            {
                e.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return JsonElement.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }
}

using System.Text.Json;
using Shop.Asl;

namespace Shop.Benchmarks.Harness;

/// <summary>A state machine that does nothing but go on, with how many states one execution enters.</summary>
internal sealed record BenchMachine(string Definition, string Input, int Transitions)
{
    public StateMachine Parse() => StateMachine.Parse(Definition);

    public JsonElement ParseInput() => JsonElement.Parse(Input);
}

using System.Text.Json;
using Shop.Asl.States;

namespace Shop.Asl.Execution;

/// <summary>How a state was left: its output, and the state that comes next, or none at the end.</summary>
internal readonly record struct Transition(State? Next, JsonElement Output, IReadOnlyDictionary<string, JsonElement>? Assigned = null);

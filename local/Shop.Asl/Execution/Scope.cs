using System.Text.Json;

namespace Shop.Asl.Execution;

/// <summary>What the expressions of a field see: <c>$</c>, and by the context <c>$$</c> and variables.</summary>
internal readonly record struct Scope(JsonElement Document, StateContext Context);

using System.Text.Json;

namespace Shop.Asl.Execution;

/// <summary><c>$$.Map.Item</c> of an iteration.</summary>
internal sealed record MapItem(int Index, JsonElement Value);

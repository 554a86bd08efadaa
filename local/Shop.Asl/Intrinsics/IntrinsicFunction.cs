using System.Text.Json;

namespace Shop.Asl.Intrinsics;

/// <summary>One of the functions: how many arguments it takes and what it does.</summary>
internal sealed record IntrinsicFunction(int MinArguments, int MaxArguments, Func<IntrinsicArguments, JsonElement> Call);

namespace Shop.Contracts;

/// <summary>Answer of <c>GET /&lt;service&gt;/health</c>: <c>Status</c> is <c>ok</c> or <c>unavailable</c>, one entry per dependency likewise.</summary>
public sealed record Health(string Status, string Region, IReadOnlyDictionary<string, string> Dependencies);

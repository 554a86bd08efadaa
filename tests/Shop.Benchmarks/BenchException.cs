namespace Shop.Benchmarks;

/// <summary>A measurement that would mean nothing: what was measured did not answer as it must.</summary>
internal sealed class BenchException(string message) : Exception(message);

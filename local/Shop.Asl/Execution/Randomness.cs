namespace Shop.Asl.Execution;

/// <summary>The execution's one source of chance; branches may ask at the same time.</summary>
internal sealed class Randomness(Random random)
{
    private readonly Lock _lock = new();

    public double NextDouble()
    {
        lock (_lock)
        {
            return random.NextDouble();
        }
    }

    public int Next(int from, int to)
    {
        lock (_lock)
        {
            return random.Next(from, to);
        }
    }

    /// <summary>In the form of a UUID.</summary>
    public string NextName()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        return new Guid(bytes).ToString();
    }

    public void Fill(Span<byte> bytes)
    {
        lock (_lock)
        {
            random.NextBytes(bytes);
        }
    }
}

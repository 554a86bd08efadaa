namespace Shop.Lambda.Runtime;

/// <summary>An answer of the Runtime API: its status and the headers that a runtime reads. The body is valid until the next call on the same transport.</summary>
internal readonly record struct RuntimeApiAnswer(int Status, ReadOnlyMemory<byte> Body, RuntimeApiHeaders Headers)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

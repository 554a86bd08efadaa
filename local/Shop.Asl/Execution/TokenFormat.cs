using System.Security.Cryptography;
using System.Text;

namespace Shop.Asl.Execution;

/// <summary>A task token: a hash of its execution's ARN, then chance, in Base64.</summary>
internal static class TokenFormat
{
    private const int Size = SHA256.HashSizeInBytes * 2;

    /// <summary>Hard to guess, because it is a credential; with a seed the same in each run, and never the same in two executions.</summary>
    public static string Create(string executionArn, Randomness random)
    {
        Span<byte> bytes = stackalloc byte[Size];
        SHA256.HashData(Encoding.UTF8.GetBytes(executionArn), bytes);
        random.Fill(bytes[SHA256.HashSizeInBytes..]);
        return Convert.ToBase64String(bytes);
    }

    public static bool IsToken(string token)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return TryRead(token, bytes);
    }

    public static bool IsOf(string token, string executionArn)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(executionArn), hash);
        return TryRead(token, bytes) && bytes[..SHA256.HashSizeInBytes].SequenceEqual(hash);
    }

    private static bool TryRead(string token, Span<byte> bytes)
        => Convert.TryFromBase64String(token, bytes, out var length) && length == Size;
}

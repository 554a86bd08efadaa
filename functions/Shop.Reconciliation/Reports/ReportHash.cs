using System.Security.Cryptography;
using System.Text.Json;

namespace Shop.Reconciliation.Reports;

/// <summary>
/// The content hash: SHA-256 over the UTF-8 text of <c>report.json</c> as it would be written without its last member, <c>contentHash</c>.
/// </summary>
public static class ReportHash
{
    private const string Prefix = "sha256:";

    public static string Of(Report report) => Of(Write(report with { ContentHash = null }));

    /// <summary>The text that is stored: hashed, indented, for people to read as well.</summary>
    public static byte[] Write(Report report) => JsonSerializer.SerializeToUtf8Bytes(report, RJson.Indented.Report);

    /// <summary>True when the stored text is what its hash was made of.</summary>
    public static bool Verify(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, RJson.Indented.Report) is { ContentHash: { } claimed } report && Of(report) == claimed;

    private static string Of(byte[] json) => Prefix + Convert.ToHexStringLower(SHA256.HashData(json));
}

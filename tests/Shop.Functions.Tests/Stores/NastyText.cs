namespace Shop.Functions.Tests.Stores;

/// <summary>What an attacker or a cat on the keyboard would send.</summary>
public static class NastyText
{
    public static TheoryData<string> All { get; } =
    [
        "'", "''", "\"", "\\", "' OR '1'='1", "1; DROP TABLE product; --", "') UNION SELECT 1,2,3,4,5,6,7,8 -- ", "%", "_", "!", "%00", "\0", "\r\nX-Evil: 1",
        "../../etc/passwd", "{{7*7}}", "<script>alert(1)</script>", "@size", "?", "NULL", "-1", "1e9", "99999999999999999999", "0x10", "ä\u0301\u200D", "😀", "\uFFFF",
        new string('x', 5000),
    ];
}

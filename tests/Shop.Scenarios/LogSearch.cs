using System.Text;

namespace Shop.Scenarios;

/// <summary>Looks for words in everything below some folders, byte by byte, whatever the files are.</summary>
internal static class LogSearch
{
    /// <returns>Word and file of each hit.</returns>
    public static List<string> Find(IEnumerable<string> folders, IReadOnlyList<string> words) =>
    [
        .. from file in folders.SelectMany(f => Directory.GetFiles(f, "*", SearchOption.AllDirectories))
           let content = Read(file)
           from word in words
           where content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0
           select $"'{word}' in {Path.GetFileName(file)}",
    ];

    private static byte[] Read(string file)
    {
        try
        {
            // Their processes still write to them.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
        catch (IOException) when (!File.Exists(file))
        {
            // A server's temporary file that went between the listing and the opening.
            return [];
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.Fuzz.Tests;

/// <summary>Tries inputs until the time is up: first all that were ever found, then new ones by a seed. What fails is written to the corpus, shrunk, and stays there.</summary>
/// <remarks><c>FUZZ_SECONDS</c> and <c>FUZZ_SEED</c>; <c>make fuzz MINUTES=60</c> sets them. In <c>make test</c> each subject has two seconds.</remarks>
internal static class Fuzzing
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Number("FUZZ_SECONDS", 2));
    private static readonly int Seed = (int)Number("FUZZ_SEED", 1);

    private static string Corpus => Path.Combine(Folder(AppContext.BaseDirectory), "tests", "Shop.Fuzz.Tests", "Corpus");

    /// <param name="check">Throws, or answers what is wrong; null when all is well.</param>
    public static async Task<int> RunAsync(string subject, IReadOnlyList<string> seeds, Func<string, Task<string?>> check)
    {
        var tried = 0;
        foreach (var file in Directory.Exists(Path.Combine(Corpus, subject)) ? Directory.GetFiles(Path.Combine(Corpus, subject)) : [])
        {
            tried++;
            var wrong = await TryAsync(check, await File.ReadAllTextAsync(file));
            Assert.True(wrong is null, $"{Path.GetFileName(file)}: {wrong}");
        }

        var mutator = new Mutator(new Random(Seed), seeds);
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Time)
        {
            var input = mutator.Next();
            tried++;
            if (await TryAsync(check, input) is { } wrong)
            {
                var smallest = await ShrinkAsync(check, input);
                var folder = Directory.CreateDirectory(Path.Combine(Corpus, subject)).FullName;
                var file = Path.Combine(folder, $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(smallest)))[..12]}.txt");
                await File.WriteAllBytesAsync(file, System.Text.Encoding.UTF8.GetBytes(smallest));
                Assert.Fail($"{wrong}\nseed {Seed}, input {tried}, kept as {file}:\n{smallest}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{subject}: {tried} inputs, seed {Seed}");
        return tried;
    }

    private static async Task<string?> TryAsync(Func<string, Task<string?>> check, string input)
    {
        try
        {
            return await check(input).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>Leaves parts out as long as it still fails.</summary>
    private static async Task<string> ShrinkAsync(Func<string, Task<string?>> check, string input)
    {
        for (var size = input.Length / 2; size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= input.Length;)
            {
                var shorter = input.Remove(at, size);
                if (await TryAsync(check, shorter) is not null)
                {
                    input = shorter;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }

    private static double Number(string name, double otherwise) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Folder(string from) => File.Exists(Path.Combine(from, "serverless.sln")) ? from : Folder(Path.GetDirectoryName(from)!);

    /// <summary>All files of a folder of the repository.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.GetFiles(Path.Combine(Folder(AppContext.BaseDirectory), folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>The inner text of a document, where there is one.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

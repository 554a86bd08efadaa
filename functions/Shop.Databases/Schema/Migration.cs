using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Databases.Schema;

/// <summary>One step of a database's schema: a script embedded as <c>&lt;database&gt;/&lt;version&gt;_&lt;name&gt;.sql</c>.</summary>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>Independent of line ends, which differ with how the repository was checked out.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public static IReadOnlyList<Migration> For(string database)
    {
        var assembly = typeof(Migration).Assembly;
        var migrations = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith($"{database}/", StringComparison.Ordinal))
            .Select(n => Read(assembly, n))
            .OrderBy(m => m.Version)
            .ToList();
        return migrations.Count > 0
            ? migrations
            : throw new ArgumentException($"There is no schema for database '{database}'; expected catalog or orders.", nameof(database));
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        var file = Path.GetFileNameWithoutExtension(resource);
        var separator = file.IndexOf('_', StringComparison.Ordinal);
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(file.AsSpan(0, separator), CultureInfo.InvariantCulture), file[(separator + 1)..], reader.ReadToEnd());
    }
}

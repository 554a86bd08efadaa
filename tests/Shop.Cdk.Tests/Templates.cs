using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;

namespace Shop.Cdk.Tests;

/// <summary>Templates, synthesized once for all tests: each synthesis is a conversation of seconds with Node.</summary>
internal sealed class Templates
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Templates> Synthesized = [];
    private static readonly Dictionary<string, ExceptionDispatchInfo> Failed = [];

    private Templates(string folder)
    {
        Folder = folder;
        Stacks = Directory.GetFiles(folder, "*.template.json").ToDictionary(
            file => Path.GetFileName(file)[..^".template.json".Length],
            file => new Template(Path.GetFileName(file)[..^".template.json".Length], JsonNode.Parse(File.ReadAllText(file))!.AsObject()));
    }

    public static string Repository { get; } = RepositoryFolder.Find();

    /// <summary>As `make synth` makes them.</summary>
    public static Templates Default => Of("default", []);

    /// <summary>The other choice wherever there is one.</summary>
    public static Templates Other => Of("other", JsonNode.Parse(File.ReadAllText(Path.Combine(Repository, "cdk", "checks", "other-choices.json")))!
        .AsObject().ToDictionary(p => p.Key, p => p.Value!.ToString()));

    public static Templates OneRegion => Of("one-region", new() { ["env"] = "solo", ["singleRegion"] = "true", ["primaryRegion"] = "eu-central-1" });

    public string Folder { get; }

    public IReadOnlyDictionary<string, Template> Stacks { get; }

    public IEnumerable<(string Stack, string Id, JsonObject Resource)> All(string? type = null) =>
        from stack in Stacks.Values
        from resource in stack.Resources
        where type is null || resource.Value.Type() == type
        select (stack.Name, resource.Key, resource.Value);

    public Template this[string part] => Stacks.Values.Single(s => s.Name.EndsWith($"-{part}", StringComparison.Ordinal));

    /// <summary>A conversation with Node of a test's own. Two at once take each other's answers, and then one waits for ever.</summary>
    internal static T Alone<T>(Func<T> conversation)
    {
        lock (Gate)
        {
            return conversation();
        }
    }

    /// <summary>Of other settings: for tests of a synthesis itself.</summary>
    internal static Templates Of(string name, Dictionary<string, string> settings)
    {
        lock (Gate)
        {
            // Once is enough: a hundred tests that try anew, seconds each, look like a process that hangs.
            if (Failed.TryGetValue(name, out var failure))
            {
                failure.Throw();
            }

            if (!Synthesized.TryGetValue(name, out var templates))
            {
                Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1");
                var folder = Path.Combine(AppContext.BaseDirectory, "synthesized", name);
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                try
                {
                    StoreApp.Create(Repository, folder, settings).Synth();
                }
                catch (Exception e)
                {
                    Failed[name] = ExceptionDispatchInfo.Capture(e);
                    throw;
                }

                Synthesized[name] = templates = new Templates(folder);
            }

            return templates;
        }
    }
}

internal sealed record Template(string Name, JsonObject Json)
{
    public IReadOnlyDictionary<string, JsonObject> Resources => field ??= Json[nameof(Resources)]!.AsObject().ToDictionary(r => r.Key, r => r.Value!.AsObject());

    public IEnumerable<(string Id, JsonObject Resource)> Of(string type) => Resources.Where(r => r.Value.Type() == type).Select(r => (r.Key, r.Value));
}

internal static class TemplateJson
{
    public static string Type(this JsonObject resource) => resource["Type"]!.GetValue<string>();

    public static JsonObject Properties(this JsonObject resource) => resource["Properties"] as JsonObject ?? [];

    /// <summary>A string of the template with its references in words: <c>arn:&lt;AWS::Partition&gt;:states:…</c>.</summary>
    public static string Text(this JsonNode? node) => node switch
    {
        null => "",
        JsonValue value => value.ToString(),
        JsonObject { Count: 1 } o when o["Ref"] is { } reference => $"<{reference}>",
        JsonObject { Count: 1 } o when o["Fn::GetAtt"] is JsonArray attribute => $"<{attribute[0]}.{attribute[1]}>",
        JsonObject { Count: 1 } o when o["Fn::ImportValue"] is { } import => $"<{import}>",
        JsonObject { Count: 1 } o when o["Fn::Join"] is JsonArray join => string.Join(join[0]!.ToString(), join[1]!.AsArray().Select(p => p.Text())),
        _ => node.ToJsonString(),
    };

    /// <summary>One value or several, as templates write them.</summary>
    public static IEnumerable<JsonNode> Each(this JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => array.Select(n => n!),
        _ => [node],
    };

    public static IEnumerable<JsonNode> Descendants(this JsonNode node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Descendants(p.Value!)).Prepend(o),
        JsonArray a => a.Where(n => n is not null).SelectMany(n => Descendants(n!)).Prepend(a),
        _ => [node],
    };
}

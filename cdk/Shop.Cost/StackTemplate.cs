using System.Text.Json.Nodes;

namespace Shop.Cost;

/// <summary>A synthesized template and the Region that it goes to.</summary>
internal sealed record StackTemplate(string Name, string Region, IReadOnlyDictionary<string, JsonObject> Resources)
{
    public IEnumerable<JsonObject> Of(string type) => Resources.Values.Where(r => r["Type"]!.ToString() == type);

    public static IReadOnlyList<StackTemplate> ReadAll(string folder)
    {
        var file = Path.Combine(folder, "manifest.json");
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{folder} has no synthesized templates: make synth makes them.");
        }

        var artifacts = JsonNode.Parse(File.ReadAllText(file))!["artifacts"]!.AsObject();
        return
        [
            .. from artifact in artifacts
               where artifact.Value!["type"]!.ToString() == "aws:cloudformation:stack"
               // aws://account/region
               let region = artifact.Value["environment"]!.ToString().Split('/')[^1]
               let template = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, artifact.Value["properties"]!["templateFile"]!.ToString())))!
               select new StackTemplate(artifact.Key, region, template[nameof(Resources)]!.AsObject().ToDictionary(r => r.Key, r => r.Value!.AsObject())),
        ];
    }
}

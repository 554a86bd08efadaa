using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>A revision of a state machine beside the executions that run it: a redrive uses the definition of the first start.</summary>
internal static class DefinitionFile
{
    public static void Keep(string folder, StateMachineRecord machine)
    {
        var path = PathOf(folder, machine.Name, machine.RevisionId);
        if (File.Exists(path))
        {
            return;
        }

        // Under another name first: a host that dies in between must not leave half a definition.
        var draft = $"{path}.{Guid.CreateVersion7():N}";
        File.WriteAllText(draft, new JsonObject
        {
            ["name"] = machine.Name,
            ["arn"] = machine.Arn,
            ["roleArn"] = machine.RoleArn,
            ["creationDate"] = machine.CreationDate.ToString("O"),
            ["updateDate"] = machine.UpdateDate.ToString("O"),
            ["isUpdated"] = machine.IsUpdated,
            ["definition"] = machine.Machine.Definition,
        }.ToJsonString());
        File.Move(draft, path, overwrite: true);
    }

    public static StateMachineRecord Read(string folder, string machine, string revisionId)
    {
        var kept = JsonConversions.Parse(File.ReadAllText(PathOf(folder, machine, revisionId)));
        return new(
            machine,
            kept.GetProperty("arn").GetString()!,
            StateMachine.Parse(kept.GetProperty("definition").GetString()!),
            kept.GetProperty("roleArn").GetString()!,
            kept.GetProperty("creationDate").GetDateTimeOffset(),
            revisionId,
            kept.GetProperty("updateDate").GetDateTimeOffset())
        {
            IsUpdated = kept.GetProperty("isUpdated").GetBoolean(),
        };
    }

    private static string PathOf(string folder, string machine, string revisionId) => Path.Combine(folder, machine, revisionId + ".definition.json");
}

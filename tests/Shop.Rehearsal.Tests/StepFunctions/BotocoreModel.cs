using System.Diagnostics;
using System.Text.Json;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.Tests.StepFunctions;

/// <summary>The service's own model, as the AWS CLI of this machine has it.</summary>
internal static class BotocoreModel
{
    private const string Script = """
        import json, sys
        import botocore.loaders
        print(json.dumps(botocore.loaders.Loader().load_service_model('stepfunctions', 'service-2')))
        """;

    private static readonly Lazy<Task<JsonElement?>> Loaded = new(LoadAsync);

    /// <summary>Null on a machine without Python and botocore.</summary>
    public static Task<JsonElement?> GetAsync() => Loaded.Value;

    public static JsonElement Shape(this JsonElement model, string name) => model.GetProperty("shapes").GetProperty(name);

    /// <summary>Of an operation: its <c>input</c> or <c>output</c>.</summary>
    public static JsonElement Shape(this JsonElement model, string operation, string side) =>
        model.Shape(model.GetProperty("operations").GetProperty(operation).GetProperty(side).GetProperty("shape").GetString()!);

    public static IEnumerable<string> Required(this JsonElement shape) =>
        shape.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!) : [];

    private static async Task<JsonElement?> LoadAsync()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3") { ArgumentList = { "-c", Script }, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = python.StandardError.ReadToEndAsync();
            var text = await python.StandardOutput.ReadToEndAsync();
            await errors;
            await python.WaitForExitAsync();
            return python.ExitCode == 0 ? JsonConversions.Parse(text) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.SecretsManager;

/// <summary>The operations of Secrets Manager that services and operators use (JSON 1.1, target <c>secretsmanager</c>).</summary>
public static class SecretsManagerApi
{
    public static AwsJsonApi Create(SecretStore store, ILogger? logger = null) => new(
        "secretsmanager",
        "1.1",
        new Dictionary<string, AwsOperation>
        {
            ["GetSecretValue"] = (input, _) => Task.FromResult(GetSecretValue(store, input)),
            ["CreateSecret"] = (input, _) => Task.FromResult(CreateSecret(store, input)),
            ["PutSecretValue"] = (input, _) => Task.FromResult(PutSecretValue(store, input)),
            ["DescribeSecret"] = (input, _) => Task.FromResult(DescribeSecret(store, input)),
        },
        logger);

    private static JsonObject GetSecretValue(SecretStore store, JsonElement input)
    {
        var secret = store.Get(input.RequiredString("SecretId"));
        var stage = input.OptionalString("VersionStage");
        var id = input.OptionalString("VersionId");
        var version = Versions(secret).FirstOrDefault(v => (id is null || v.Version.Id == id) && v.Stage == (stage ?? (id is null ? SecretStore.Current : v.Stage)));
        if (version.Version is null)
        {
            throw new AwsServiceException(
                "ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {id ?? $"staging label: {stage}"}");
        }

        return new JsonObject
        {
            ["ARN"] = secret.Arn,
            ["Name"] = secret.Name,
            ["VersionId"] = version.Version.Id,
            ["SecretString"] = version.Version.Value,
            ["VersionStages"] = new JsonArray(version.Stage),
            ["CreatedDate"] = version.Version.CreatedAt.ToEpochSeconds(),
        };
    }

    private static JsonObject CreateSecret(SecretStore store, JsonElement input) =>
        Written(store.Create(input.RequiredString("Name"), input.RequiredString("SecretString")));

    private static JsonObject PutSecretValue(SecretStore store, JsonElement input)
    {
        var answer = Written(store.Put(input.RequiredString("SecretId"), input.RequiredString("SecretString")));
        answer["VersionStages"] = new JsonArray(SecretStore.Current);
        return answer;
    }

    private static JsonObject Written(StoredSecret secret) => new()
    {
        ["ARN"] = secret.Arn,
        ["Name"] = secret.Name,
        ["VersionId"] = secret.Current.Id,
    };

    private static JsonObject DescribeSecret(SecretStore store, JsonElement input)
    {
        var secret = store.Get(input.RequiredString("SecretId"));
        return new JsonObject
        {
            ["ARN"] = secret.Arn,
            ["Name"] = secret.Name,
            ["CreatedDate"] = secret.CreatedAt.ToEpochSeconds(),
            ["LastChangedDate"] = secret.Current.CreatedAt.ToEpochSeconds(),
            ["VersionIdsToStages"] = new JsonObject(Versions(secret).Select(v =>
                KeyValuePair.Create(v.Version.Id, (JsonNode?)new JsonArray(v.Stage)))),
        };
    }

    private static IEnumerable<(SecretVersion Version, string Stage)> Versions(StoredSecret secret) =>
        secret.Previous is { } previous
            ? [(secret.Current, SecretStore.Current), (previous, SecretStore.Previous)]
            : [(secret.Current, SecretStore.Current)];
}

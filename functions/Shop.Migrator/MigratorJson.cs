using System.Text.Json.Serialization;

namespace Shop.Migrator;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MigrateRequest))]
[JsonSerializable(typeof(MigrateResult))]
[JsonSerializable(typeof(RotateRequest))]
[JsonSerializable(typeof(RotateResult))]
internal sealed partial class MigratorJson : JsonSerializerContext;

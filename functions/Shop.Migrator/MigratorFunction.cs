using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Aws;
using Shop.Databases;
using Shop.Lambda;

namespace Shop.Migrator;

public static class MigratorFunction
{
    public static async Task<int> RunAsync(
        HttpClient? runtimeApi = null, IReadOnlyDictionary<string, string?>? environment = null, CancellationToken cancellationToken = default)
    {
        await using var services = Build(environment);
        var migrator = services.GetRequiredService<DatabaseMigrator>();
        return await new TaskFunction()
            .Map("Migrate", MigratorJson.Default.MigrateRequest, MigratorJson.Default.MigrateResult, (input, _, token) => migrator.MigrateAsync(input, token))
            .Map("RotateLogin", MigratorJson.Default.RotateRequest, MigratorJson.Default.RotateResult,
                (input, _, token) => services.GetRequiredService<LoginRotation>().RunAsync(input, token))
            .RunAsync(runtimeApi, environment, cancellationToken);
    }

    internal static ServiceProvider Build(IReadOnlyDictionary<string, string?>? environment)
    {
        IConfiguration configuration = environment is null
            ? new ConfigurationBuilder().AddEnvironmentVariables().Build()
            : new ConfigurationBuilder().AddInMemoryCollection(environment).Build();
        return new ServiceCollection()
            .AddSingleton(MigratorOptions.From(configuration))
            .AddSecrets(configuration)
            .AddSingleton(AwsClient.Create(name => configuration[name]))
            .AddSingleton<DatabaseMigrator>()
            .AddSingleton<LoginRotation>()
            .BuildServiceProvider();
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Aws;
using Shop.Aws.Secrets;

namespace Shop.Databases;

public static class DatabaseServices
{
    /// <summary>Adds the database that the <c>DB_*</c> variables name, with its login from Secrets Manager.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration environment)
    {
        var options = DatabaseOptions.From(environment);
        services.AddSecrets(environment);
        return services.AddSingleton(p => new MySqlDatabase(options, p.GetRequiredService<ISecrets>(), p.GetRequiredService<TimeProvider>()));
    }

    public static IServiceCollection AddSecrets(this IServiceCollection services, IConfiguration environment)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISecrets>(p =>
        {
            var time = p.GetRequiredService<TimeProvider>();
            return new SecretsManager(AwsClient.Create(v => environment[v], time), time);
        });
        return services;
    }
}

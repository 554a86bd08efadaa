using Shop.Aws.Secrets;
using Shop.Databases;
using Shop.Databases.Schema;
using Shop.Lambda;

namespace Shop.Migrator;

internal sealed class DatabaseMigrator(MigratorOptions options, ISecrets secrets)
{
    public async Task<MigrateResult> MigrateAsync(MigrateRequest request, CancellationToken cancellationToken)
    {
        if (request.Database is not ("catalog" or "orders"))
        {
            throw new ShopException("Shop.InvalidInput", $"database is '{request.Database}'; expected catalog or orders.");
        }

        var appUser = await secrets.GetAsync(options.AppSecretOf(request.Database), refresh: true, cancellationToken);
        await using var admin = new MySqlDatabase(options.AdminOf(request.Database), secrets, TimeProvider.System);
        var region = string.IsNullOrEmpty(request.Region) ? options.Region : request.Region;
        var applied = await new DatabaseSetup(admin).RunAsync(request.Database, region, appUser, cancellationToken);
        return new MigrateResult(request.Database, applied, Migration.For(request.Database)[^1].Version);
    }
}

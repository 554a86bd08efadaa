using System.Collections.Generic;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>The variables by which functions find the databases.</summary>
internal static class DatabaseSettings
{
    /// <summary>Beside the functions' own authorities: else the driver asks for revocation lists on the internet, which this VPC never answers.</summary>
    private const string Authorities = "/var/task/rds-ca.pem";

    public static Dictionary<string, string> Of(Construct scope, Deployment deployment, RegionSettings region, string database, string login)
    {
        var facts = new Facts(deployment);
        return new Dictionary<string, string>
        {
            ["DB_WRITER_ENDPOINT"] = facts.Read(scope, Facts.Global, $"{database}-writer"),
            ["DB_READER_ENDPOINT"] = facts.Read(scope, region.RoleName, $"{database}-reader"),
            ["DB_NAME"] = database,
            ["DB_SECRET_ID"] = deployment.Name($"{database}-{login}"),
            ["DB_SSL_CA"] = Authorities,
        };
    }

    /// <summary>Both databases' writers at once, for tasks of the state machines.</summary>
    public static Dictionary<string, string> OfAll(Construct scope, Deployment deployment, RegionSettings? peerReaders = null)
    {
        var facts = new Facts(deployment);
        var settings = new Dictionary<string, string> { ["DB_SSL_CA"] = Authorities };
        foreach (var database in Deployment.Databases)
        {
            var prefix = database.ToUpperInvariant();
            settings[$"{prefix}_DB_WRITER_ENDPOINT"] = facts.Read(scope, Facts.Global, $"{database}-writer");
            settings[$"{prefix}_DB_SECRET_ID"] = deployment.Name($"{database}-admin");
            if (peerReaders is not null)
            {
                settings[$"{prefix}_PEER_READER_ENDPOINT"] = facts.Read(scope, peerReaders.RoleName, $"{database}-reader");
            }
        }

        return settings;
    }
}

using System.Collections.Generic;
using System.IO;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <param name="Name">Its name within the environment, such as <c>orders</c>.</param>
/// <param name="Package">The zip: <c>shop-orders</c>. Functions of one executable share it.</param>
/// <param name="Handler">Which handler of the executable.</param>
/// <param name="Environment">Beside what all functions have.</param>
internal sealed record ServiceFunctionProps(string Name, string Package, string Handler, IReadOnlyDictionary<string, string> Environment)
{
    public int TimeoutSeconds { get; init; } = 20;
    public int MemoryMb { get; init; } = 512;

    /// <summary>At most so many at once, and that many are kept free for it; null: what the account has.</summary>
    public int? Reserved { get; init; }

    /// <summary>The VPC, for functions that use stores inside; null for those that call AWS, also the other Region's.</summary>
    public NetworkAccess? Network { get; init; }

    /// <summary>What it may do beside writing its log.</summary>
    public IReadOnlyList<PolicyStatement> Permissions { get; init; } = [];
}

internal sealed record NetworkAccess(IVpc Vpc, ISecurityGroup Firewall);

/// <summary>A function with a role, a log group and an alias of its own.</summary>
internal sealed class ServiceFunction : Construct
{
    public ServiceFunction(Construct scope, string id, Deployment deployment, Amazon.CDK.AWS.KMS.IKey key, ServiceFunctionProps props) : base(scope, id)
    {
        var logs = LogGroups.Create(this, "Logs", deployment, $"functions/{props.Name}", key);
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            Description = $"What {props.Name} may do",
        });
        role.AddToPolicy(Statements.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], logs.LogGroupArn));
        if (props.Network is not null)
        {
            // These have no resource to name: the interface does not exist yet.
            role.AddToPolicy(Statements.Allow(
                ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
                    "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"], "*"));
        }

        foreach (var statement in props.Permissions)
        {
            role.AddToPolicy(statement);
        }

        Function = new Function(this, "Function", new FunctionProps
        {
            FunctionName = deployment.Name(props.Name),
            Description = $"{props.Handler} of {props.Package}",
            Runtime = Runtime.PROVIDED_AL2023,
            Architecture = deployment.Architecture == "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
            Handler = props.Handler,
            Code = Code.FromAsset(PackageOf(deployment, props.Package)),
            Role = role,
            LogGroup = logs,
            MemorySize = props.MemoryMb,
            Timeout = Duration.Seconds(props.TimeoutSeconds),
            Tracing = Tracing.ACTIVE,
            ReservedConcurrentExecutions = deployment.ReserveConcurrency ? props.Reserved : null,
            Vpc = props.Network?.Vpc,
            VpcSubnets = props.Network is null ? null : new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED },
            SecurityGroups = props.Network is null ? null : [props.Network.Firewall],
            Environment = new Dictionary<string, string>(props.Environment)
            {
                ["POWERTOOLS_SERVICE_NAME"] = props.Name,
                ["POWERTOOLS_METRICS_NAMESPACE"] = MetricsNamespace(deployment),
                ["SSL_CERT_FILE"] = "/var/task/ca.pem",
                ["SSL_CERT_DIR"] = "/var/task/none",
            },
        });
        // Callers name the alias: a new version takes over only when it is there.
        Alias = new Alias(this, "Live", new AliasProps { AliasName = "live", Version = Function.CurrentVersion });
    }

    public Function Function { get; }
    public Alias Alias { get; }

    /// <summary>Two environments in one account don't add up in one metric.</summary>
    public static string MetricsNamespace(Deployment deployment) => $"ecommerce/{deployment.Environment}";

    // The first packaging takes minutes; looking at templates must not.
    private static string PackageOf(Deployment deployment, string package)
    {
        var zip = Path.Combine(deployment.Folder, deployment.Package(package));
        return File.Exists(zip) ? zip : Path.Combine(deployment.Folder, "cdk", "placeholder");
    }
}

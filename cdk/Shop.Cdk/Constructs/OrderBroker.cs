using Amazon.CDK;
using Amazon.CDK.AWS.AmazonMQ;
using Amazon.CDK.AWS.EC2;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>RabbitMQ for order events, private, TLS only. One node: while it is away, events wait in the outbox.</summary>
internal sealed class OrderBroker : Construct
{
    public OrderBroker(Construct scope, string id, Deployment deployment, IVpc vpc, ISecurityGroup firewall) : base(scope, id)
    {
        var broker = new CfnBroker(this, "Broker", new CfnBrokerProps
        {
            BrokerName = deployment.Name("orders"),
            EngineType = "RABBITMQ",
            EngineVersion = "3.13",
            HostInstanceType = deployment.BrokerInstance,
            DeploymentMode = "SINGLE_INSTANCE",
            AutoMinorVersionUpgrade = true,
            PubliclyAccessible = false,
            SubnetIds = [vpc.IsolatedSubnets[0].SubnetId],
            SecurityGroups = [firewall.SecurityGroupId],
            Logs = new CfnBroker.LogListProperty { General = true },
            MaintenanceWindowStartTime = new CfnBroker.MaintenanceWindowProperty { DayOfWeek = "SUNDAY", TimeOfDay = "03:00", TimeZone = "UTC" },
            Users = new[]
            {
                new CfnBroker.UserProperty
                {
                    Username = StoreSecret.Reference(deployment, "broker", "username"),
                    Password = StoreSecret.Reference(deployment, "broker", "password"),
                },
            },
        });
        Endpoint = Fn.Select(0, broker.AttrAmqpEndpoints);
    }

    /// <summary><c>amqps://host:5671</c></summary>
    public string Endpoint { get; }
}

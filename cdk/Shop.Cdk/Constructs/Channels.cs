using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>How people are told and asked, and where starts go that came too late.</summary>
internal sealed class Channels : Construct
{
    public Channels(Construct scope, string id, Deployment deployment, IKey key) : base(scope, id)
    {
        Notifications = Topic("Notifications", "failover-notifications", "The store's failover");
        Approvals = Topic("Approvals", "failover-approvals", "A failover waits for you");
        Missed = new Queue(this, "Missed", new QueueProps
        {
            QueueName = deployment.Name("missed-starts"),
            Encryption = QueueEncryption.KMS,
            EncryptionMasterKey = key,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        Missed.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Principals = [new ServicePrincipal("events.amazonaws.com")],
            Actions = ["sqs:SendMessage"],
            Resources = [Missed.QueueArn],
            Conditions = new System.Collections.Generic.Dictionary<string, object>
            {
                ["StringEquals"] = new System.Collections.Generic.Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account },
            },
        }));

        Topic Topic(string topicId, string name, string display)
        {
            var topic = new Topic(this, topicId, new TopicProps { TopicName = deployment.Name(name), DisplayName = display, MasterKey = key, EnforceSSL = true });
            topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
            {
                Principals = [new ServicePrincipal("events.amazonaws.com"), new ServicePrincipal("cloudwatch.amazonaws.com")],
                Actions = ["sns:Publish"],
                Resources = [topic.TopicArn],
                Conditions = new System.Collections.Generic.Dictionary<string, object>
                {
                    ["StringEquals"] = new System.Collections.Generic.Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account },
                },
            }));
            if (deployment.NotificationEmail is { } email)
            {
                topic.AddSubscription(new EmailSubscription(email));
            }

            return topic;
        }
    }

    public Topic Notifications { get; }
    public Topic Approvals { get; }
    public Queue Missed { get; }
}

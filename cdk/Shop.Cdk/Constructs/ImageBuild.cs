using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.CodeBuild;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>Builds the UI's image for those who have no Docker: `make deploy IMAGE=codebuild` sends it the sources. Idle it costs nothing.</summary>
internal sealed class ImageBuild : Construct
{
    public ImageBuild(Construct scope, string id, Deployment deployment, Repository images, IKey key) : base(scope, id)
    {
        var stack = Stack.Of(this);
        // The bootstrap's own bucket: each account and Region that CDK deploys to has it.
        var sources = $"arn:{stack.Partition}:s3:::cdk-hnb659fds-assets-{stack.Account}-{stack.Region}/shop/{deployment.Environment}/ui-source.zip";
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("codebuild.amazonaws.com") });
        var logs = LogGroups.Create(this, "Logs", deployment, "image-build", key);
        var project = new CfnProject(this, "Project", new CfnProjectProps
        {
            Name = deployment.Name("ui-image"),
            ServiceRole = role.RoleArn,
            EncryptionKey = key.KeyArn,
            TimeoutInMinutes = 20,
            Artifacts = new CfnProject.ArtifactsProperty { Type = "NO_ARTIFACTS" },
            Source = new CfnProject.SourceProperty
            {
                Type = "S3",
                Location = $"cdk-hnb659fds-assets-{stack.Account}-{stack.Region}/shop/{deployment.Environment}/ui-source.zip",
                BuildSpec = BuildSpec(images.RepositoryUri, stack),
            },
            Environment = new CfnProject.EnvironmentProperty
            {
                Type = "LINUX_CONTAINER",
                ComputeType = "BUILD_GENERAL1_SMALL",
                Image = "aws/codebuild/amazonlinux-x86_64-standard:5.0",
                // Docker in the build needs it.
                PrivilegedMode = true,
                EnvironmentVariables = new[] { new CfnProject.EnvironmentVariableProperty { Name = "TAG", Value = "unset" } },
            },
            LogsConfig = new CfnProject.LogsConfigProperty { CloudWatchLogs = new CfnProject.CloudWatchLogsConfigProperty { Status = "ENABLED", GroupName = logs.LogGroupName } },
        });
        role.AddToPolicy(Statements.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], logs.LogGroupArn));
        role.AddToPolicy(Statements.Allow(["s3:GetObject", "s3:GetObjectVersion"], sources));
        role.AddToPolicy(Statements.Allow(["ecr:GetAuthorizationToken"], "*"));
        role.AddToPolicy(Statements.Allow(
            ["ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:BatchGetImage"],
            images.RepositoryArn));
        role.AddToPolicy(Statements.Allow(["kms:Decrypt", "kms:GenerateDataKey"], key.KeyArn));
        project.Node.AddDependency(role);
    }

    private static string BuildSpec(string repository, Stack stack) => string.Join('\n', new List<string>
    {
        "version: 0.2",
        "phases:",
        "  build:",
        "    commands:",
        $"      - aws ecr get-login-password | docker login --username AWS --password-stdin {stack.Account}.dkr.ecr.{stack.Region}.{stack.UrlSuffix}",
        $"      - docker build -f ui-container/Dockerfile -t {repository}:$TAG .",
        $"      - docker push {repository}:$TAG",
    });
}

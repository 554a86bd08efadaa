using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>
/// The peering of the two VPCs: asked for in the standby, used by routes on both sides. Writes to the other Region's writer, journeys and the proof of a
/// planned move go over it; what runs while the other Region is lost does not.
/// </summary>
internal sealed class LinkStack : Stack
{
    public LinkStack(Construct scope, string id, RegionStackProps props, NetworkStack network) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        var peer = deployment.PeerOf(region)!;
        string connection;
        if (region.Role == RegionRole.Standby)
        {
            var peering = new CfnVPCPeeringConnection(this, "Peering", new CfnVPCPeeringConnectionProps
            {
                VpcId = network.Vpc.VpcId,
                PeerVpcId = props.Facts.Read(this, peer.RoleName, "vpc"),
                PeerRegion = peer.Code,
            });
            connection = peering.Ref;
            props.Facts.Publish(this, region.RoleName, "peering", connection);
        }
        else
        {
            connection = props.Facts.Read(this, peer.RoleName, "peering");
        }

        for (var i = 0; i < network.Vpc.IsolatedSubnets.Length; i++)
        {
            _ = new CfnRoute(this, $"Route{i + 1}", new CfnRouteProps
            {
                RouteTableId = network.Vpc.IsolatedSubnets[i].RouteTable.RouteTableId,
                DestinationCidrBlock = peer.Cidr,
                VpcPeeringConnectionId = connection,
            });
        }
    }
}

using System.Collections.Generic;

namespace Shop.Cdk;

/// <param name="Role">Primary or standby.</param>
/// <param name="Code">Such as <c>us-east-1</c>.</param>
/// <param name="Cidr">The VPC's addresses; the two Regions' must not overlap.</param>
/// <param name="Zones">Letters of three availability zones.</param>
/// <param name="CertificateArn">Of a certificate for the domain and all names below it; null: no public load balancer, HTTP inside the VPC.</param>
internal sealed record RegionSettings(RegionRole Role, string Code, string Cidr, IReadOnlyList<string> Zones, string? CertificateArn)
{
    public string RoleName => Role == RegionRole.Primary ? "primary" : "standby";
}

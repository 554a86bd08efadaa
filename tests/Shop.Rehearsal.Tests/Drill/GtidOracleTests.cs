using Shop.Rehearsal.Drill;

namespace Shop.Rehearsal.Tests.Drill;

public sealed class GtidOracleTests
{
    private const string Decoded = """
            #261123 20:59:00 server id 101  end_log_pos 500 CRC32 0x1 	GTID 2-101-6 trans
            ### INSERT INTO `orders`.`customer_order`
            ### SET
            ###   @1='0196f5a0-0000-7000-8000-000000000009'
            #261123 21:00:00 server id 101  end_log_pos 900 CRC32 0x1 	GTID 2-101-7 trans
            ### INSERT INTO `orders`.`customer_order`
            ### SET
            ###   @1='0196f5a0-0000-7000-8000-000000000001'
            ###   @2='someone'
            ### INSERT INTO `orders`.`customer_order_item`
            ### SET
            ###   @1='0196f5a0-0000-7000-8000-00000000000a'
            ### INSERT INTO `orders`.`outbox`
            ### SET
            ###   @1='0196f5a0-0000-7000-8000-00000000000b'
            ### UPDATE `orders`.`customer_order`
            ### WHERE
            ###   @1='0196f5a0-0000-7000-8000-00000000000c'
            ### INSERT INTO `orders`.`customer_order`
            ### SET
            ###   @1='0196f5a0-0000-7000-8000-000000000002'
            """;

    [Fact]
    public async Task Reads_the_ids_of_orders_inserted_after_the_position_and_nothing_else() => Assert.Equal(
        [Guid.Parse("0196f5a0-0000-7000-8000-000000000001"), Guid.Parse("0196f5a0-0000-7000-8000-000000000002")],
        await ReadAsync("2-101-6"));

    [Fact]
    public async Task Reads_nothing_when_all_was_replicated() => Assert.Empty(await ReadAsync("1-100-3,2-101-7"));

    [Fact]
    public async Task Reads_everything_when_nothing_was_replicated() => Assert.Equal(3, (await ReadAsync("")).Count);

    private static Task<IReadOnlyList<Guid>> ReadAsync(string replicatedUpTo) =>
        GtidOracle.ReadInsertsAsync(new StringReader(Decoded), replicatedUpTo, TestContext.Current.CancellationToken);
}

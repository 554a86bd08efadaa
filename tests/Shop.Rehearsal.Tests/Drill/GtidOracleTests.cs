using Shop.Rehearsal.Drill;

namespace Shop.Rehearsal.Tests.Drill;

public sealed class GtidOracleTests
{
    [Fact]
    public async Task Reads_the_ids_of_inserted_orders_and_nothing_else()
    {
        const string Decoded = """
            #261123 21:00:00 server id 101  end_log_pos 900 CRC32 0x1 	GTID 1-101-7 trans
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

        var orders = await GtidOracle.ReadInsertsAsync(new StringReader(Decoded), TestContext.Current.CancellationToken);

        Assert.Equal([Guid.Parse("0196f5a0-0000-7000-8000-000000000001"), Guid.Parse("0196f5a0-0000-7000-8000-000000000002")], orders);
    }
}

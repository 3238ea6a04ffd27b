package dev.lockstep.benchmarks;

import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The peer: a Spring Batch job as its guide shows it, with chunks of 1,000, a cursor and a batch
 * writer. Arguments: the two databases' URLs, and the target's table.
 */
final class SpringBatchCopy {
  private SpringBatchCopy() {}

  record Account(int aid, int bid, int abalance, String filler) {}

  record Mapped(int id, int branch, int balance, String note) {}

  public static void main(String[] args) throws Exception {
    DataSource source = new DriverManagerDataSource(args[0]);
    DataSource target = new SingleConnectionDataSource(args[1], false);
    ResourcelessJobRepository repository = new ResourcelessJobRepository();
    Job job =
        new JobBuilder("copy", repository).start(step(repository, source, target, args[2])).build();
    TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
    operator.setJobRepository(repository);
    operator.setJobRegistry(new MapJobRegistry());
    operator.afterPropertiesSet();
    JobExecution execution = operator.start(job, new JobParameters());
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw new IllegalStateException(execution.getAllFailureExceptions().toString());
    }
  }

  private static Step step(
      ResourcelessJobRepository repository, DataSource source, DataSource target, String table) {
    return new StepBuilder("copy", repository)
        .<Account, Mapped>chunk(1_000)
        .transactionManager(new JdbcTransactionManager(target))
        .reader(
            new JdbcCursorItemReaderBuilder<Account>()
                .name("accounts")
                .dataSource(source)
                .fetchSize(1_000)
                .sql("SELECT aid, bid, abalance, filler FROM pgbench_accounts")
                .rowMapper((row, number) ->
                    new Account(row.getInt(1), row.getInt(2), row.getInt(3), row.getString(4)))
                .build())
        .processor(account ->
            new Mapped(account.aid(), account.bid(), account.abalance(), account.filler().trim()))
        .writer(
            new JdbcBatchItemWriterBuilder<Mapped>()
                .dataSource(target)
                .sql("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")
                .itemPreparedStatementSetter((item, statement) -> {
                  statement.setInt(1, item.id());
                  statement.setInt(2, item.branch());
                  statement.setInt(3, item.balance());
                  statement.setString(4, item.note());
                })
                .build())
        .build();
  }
}

package dev.lockstep.simulation;

import java.net.URI;

/** The configuration of the Lockstep that is killed. */
final class Configured {
  static final String LOG = "log";
  static final int SYNCS = 5;

  private Configured() {}

  static String yaml(URI crm) {
    return """
    lockstep: 1
    server: {data: state}
    defaults:
      retry: {attempts: 1000, first: 20ms, longest: 200ms}
    hub:
      objects:
        accounts:
          fields: {name: text, rev: int, amount: 'decimal(12,2)', note: text}
    systems:
      crm:
        connector: http
        url: CRM
        concurrency: 4
        timeout: {connect: 5s, request: 5s}
        datasets:
          accounts:
            key: id
            fields: {id: text, name: text, rev: int, amount: 'decimal(12,2)', note: text}
            upsert: {put: '/accounts/{id}'}
            delete: {delete: '/accounts/{id}'}
          items:
            key: id
            fields: {id: int, name: text, rev: int, quantity: int}
            upsert: {put: '/items/{id}'}
      books: {connector: jdbc, url: 'jdbc:sqlite:books.db'}
      erp: {connector: jdbc, url: 'jdbc:sqlite:erp.db'}
    syncs:
      accounts-crm:
        from: hub.accounts
        to: crm.accounts
        strategy: event
        map:
          id: record.externalReferenceCode
          name: record.name
          rev: record.rev
          amount: record.amount
          note: record.note
      accounts-books:
        from: hub.accounts
        to: books.accounts
        strategy: event
        map:
          id: record.externalReferenceCode
          name: record.name
          rev: record.rev
          amount: record.amount
          note: record.note
      log:
        from: hub.accounts
        to: books.log
        strategy: event
        mode: append
        map: {id: record.externalReferenceCode, rev: record.rev}
      items-books:
        from: erp.items
        to: books.items
        strategy: schedule
        schedule: {every: 300ms}
        mode: mirror
        maxDeletePercent: 100
        parallel: 3
      items-crm:
        from: erp.items
        to: crm.items
        strategy: schedule
        schedule: {every: 400ms}
        incremental: {field: rev, overlap: OVERLAP}
    """
        .replace("CRM", crm.toString())
        .replace("OVERLAP", Erp.OVERLAP + "s");
  }
}
